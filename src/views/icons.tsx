import type { JSX } from 'solid-js';

/** A few line icons of our own, 24 × 24, drawn with the text's colour. */
function Icon(props: { width?: number; fill?: string; children: JSX.Element }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill={props.fill ?? 'none'}
      stroke="currentColor"
      stroke-width={props.width ?? 2.2}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {props.children}
    </svg>
  );
}

export function SheafIcon() {
  return (
    <Icon>
      <path d="M4 3h11l5 5v13H4z" />
      <path d="M8 9h5M8 13h8M8 17h8" />
    </Icon>
  );
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="6.5" />
      <path d="m15 15 6 6" />
    </Icon>
  );
}

export function MenuIcon() {
  return (
    <Icon>
      <path d="M4 7h16M4 12h16M4 17h16" />
    </Icon>
  );
}

export function StarIcon(props: { full: boolean }) {
  return (
    <Icon width={2} fill={props.full ? 'currentColor' : 'none'}>
      <path d="m12 3.5 2.7 5.5 6 .9-4.35 4.25 1.03 6L12 17.3l-5.38 2.85 1.03-6L3.3 9.9l6-.9z" />
    </Icon>
  );
}

export function TickIcon() {
  return (
    <Icon>
      <path d="m5 12.5 4.5 4.5L19 7.5" />
    </Icon>
  );
}

export function CommandIcon() {
  return (
    <Icon>
      <path d="m5 6 6 6-6 6M13 18h6" />
    </Icon>
  );
}
