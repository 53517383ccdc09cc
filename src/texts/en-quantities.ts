/** Sizes and times. */
export const quantities = {
  megabytes: (n: number) => `${n.toLocaleString('en', { maximumFractionDigits: 1 })} MB`,
  left: {
    moment: 'a moment left',
    seconds: (n: number) => `${n} s left`,
    minutes: (n: number) => `${n} min left`,
  },
};
