import type { JSX } from 'solid-js';

/** As those of icons.tsx. */
function Icon(props: { children: JSX.Element }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {props.children}
    </svg>
  );
}

/** A list with a clock's hands: to be read in its time. */
export function LaterIcon() {
  return (
    <Icon>
      <path d="M4 6h16M4 12h8M4 18h6" />
      <circle cx="17.5" cy="16.5" r="4.5" />
      <path d="M17.5 14.3v2.4l1.6 1" />
    </Icon>
  );
}

export function UpIcon() {
  return (
    <Icon>
      <path d="m6 14 6-6 6 6" />
    </Icon>
  );
}

export function DownIcon() {
  return (
    <Icon>
      <path d="m6 10 6 6 6-6" />
    </Icon>
  );
}

export function HandleIcon() {
  return (
    <Icon>
      <path d="M5 9h14M5 15h14" />
    </Icon>
  );
}
