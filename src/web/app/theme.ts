import { createTheme } from '@mantine/core';

/** One colour of our own; what it looks like is in theme.css, since no style element may be written at run time. */
const SPRUCE = [
  '#eef6f2',
  '#dcebe4',
  '#b7d7c9',
  '#8dc1ab',
  '#63ab8f',
  '#3f957a',
  '#2a7a63',
  '#1c6653',
  '#17594a',
  '#10453a',
] as const;

export const THEME = createTheme({
  primaryColor: 'spruce',
  primaryShade: { light: 8, dark: 6 },
  colors: { spruce: SPRUCE },
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, lockScroll: false, centered: true } },
  },
});
