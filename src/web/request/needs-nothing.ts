interface Ordinary {
  readonly words: RegExp;
  /** Where one of these is meant, it is something else. */
  readonly unless?: RegExp;
  readonly answer: string;
}

const ORDINARY: readonly Ordinary[] = [
  {
    words: /\b(?:tcp|udp|sockets?|websockets?)\b/,
    unless: /\b(?:raw|packets?|audit|netlink|low|scan|port)\b/,
    answer: 'Ordinary TCP and UDP sockets need no capability.',
  },
  {
    words: /\b(?:connect|database|postgres(?:ql)?|mysql|mariadb|redis|mongo(?:db)?|kafka|download|upload|fetch)\b/,
    unless: /\block/,
    answer: 'Connecting to something over the network needs no capability.',
  },
  {
    words: /\b(?:read|write|open|save|create|delete)\b.*\bfiles?\b/,
    unless: /\b(?:any|all|others?|owners?|users?|handles?|root|denied|mode)\b/,
    answer: 'Reading and writing files that its user may read and write needs no capability.',
  },
  {
    words: /\b(?:gpus?|cuda|nvidia)\b/,
    answer: 'A GPU is handed in as a device by the runtime: it needs no capability.',
  },
];

const PORT = /(?:\bports?\s*|^\s*)(\d{4,5})\b/;

/** The plain answer for what every program may do anyway; undefined for everything else. */
export function needsNothing(text: string): string | undefined {
  const asked = text.toLowerCase();
  const port = Number(PORT.exec(asked)?.[1]);
  if (port >= 1024 && port <= 65_535) return 'A port from 1024 up needs no capability.';
  return ORDINARY.find(({ words, unless }) => words.test(asked) && unless?.test(asked) !== true)?.answer;
}
