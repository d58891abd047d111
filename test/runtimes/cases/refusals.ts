/** Words that are no capability, with which a request may be wrong by accident or on purpose. */
const NO_CAPABILITY = [
  'FOO',
  'CAP_',
  'CAP_ALL',
  'CAP_CAP_CHOWN',
  'NET ADMIN',
  ' CHOWN',
  'CHOWN ',
  'NET-ADMIN',
  '21',
  'SYS_ADMIN=ep',
  'naïve',
  'ſys_admin!',
  'quote"s',
  'back\\slash',
  'tab\there',
  '😀',
] as const;

/** Two lists each, of which at least one holds such a word. */
export interface Refused {
  readonly add: readonly string[];
  readonly drop: readonly string[];
  readonly privileged?: boolean;
}

/** What every runtime that knows its names has to refuse. */
export const REFUSED: readonly Refused[] = [
  ...NO_CAPABILITY.flatMap((word) => [
    { add: [word], drop: [] },
    { add: [], drop: [word] },
  ]),
  { add: ['CHOWN', 'FOO', 'BAR'], drop: [] },
  { add: ['FOO'], drop: ['BAR'] },
  { add: ['ALL', 'FOO'], drop: [] },
  { add: ['CHOWN'], drop: ['ALL', 'FOO'] },
];
