/** Outlines on a 24 unit grid. */
const PATHS = {
  overview: 'M4 13h6V4H4zM14 9h6V4h-6zM14 20h6v-7h-6zM4 20h6v-3H4z',
  review: 'M9 11.500l2.500 2.500L16 9M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0z',
  profiles: 'M12 3l7.500 3v5.500c0 4.500-3 8-7.500 9.500-4.500-1.500-7.500-5-7.500-9.500V6z',
  request: 'M12 5v14M5 12h14',
  history: 'M3.500 12a8.500 8.500 0 1 0 2.600-6.100L3.500 8.300M3.500 4v4.300h4.300M12 7.500V12l3 2',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.300a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.600 3.500 5.500',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500v-5M9 19.500v-5',
  key: 'M14.500 9.500a4 4 0 1 1-1.200-2.800M13 9h8v3M18 9v2.500',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  cross: 'M6 6l12 12M18 6L6 18',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17.300v.2',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.2',
  sun: 'M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M5 5l1.700 1.700M17.300 17.300L19 19M5 19l1.700-1.700M17.300 6.700L19 5',
  moon: 'M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z',
  out: 'M14 4h5v16h-5M4 12h10M10.500 8.500L14 12l-3.500 3.500',
  back: 'M15 5l-7 7 7 7',
  download: 'M12 4v11M7.500 11l4.500 4.500L16.500 11M5 20h14',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  person:
    'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.6-4.200 3.400-6.500 7.500-6.500s6.900 2.300 7.500 6.500',
  comment: 'M4 5h16v11H11l-4.500 4v-4H4z',
  file: 'M6 3h8l4.500 4.500V21H6zM14 3v5h4.500',
  bolt: 'M13 3L5 13.500h6L10 21l8.500-11H12.500z',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words: hidden from who cannot see it. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
