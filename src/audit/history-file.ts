import type { AuditEventView } from './audit-reads.ts';

/** How the history can be taken away. */
export const HISTORY_FORMATS = ['csv', 'ndjson'] as const;

export type HistoryFormat = (typeof HISTORY_FORMATS)[number];

interface HistoryFile {
  readonly mediaType: string;
  readonly head: string;
  line(event: AuditEventView): string;
}

const COLUMNS = ['number', 'at', 'actor', 'action', 'subject', 'team', 'profile', 'leaf hash', 'payload'];

export const HISTORY_FILES: Readonly<Record<HistoryFormat, HistoryFile>> = {
  csv: { mediaType: 'text/csv; charset=utf-8', head: `${COLUMNS.map(cell).join(',')}\r\n`, line: csvLine },
  // The records as they are: their leaf hashes can be checked against these very bytes.
  ndjson: { mediaType: 'application/x-ndjson; charset=utf-8', head: '', line: ({ record }) => `${record}\n` },
};

function csvLine(event: AuditEventView): string {
  const { payload } = JSON.parse(event.record) as { payload: { team?: unknown; profile?: unknown } };
  const cells = [
    event.seq.toString(),
    event.at.toISOString(),
    event.actorLogin,
    event.action,
    `${event.subjectType} ${event.subjectId}`,
    textOf(payload.team),
    textOf(payload.profile),
    event.leafHash.toString('hex'),
    JSON.stringify(payload),
  ];
  return `${cells.map(cell).join(',')}\r\n`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A cell that no spreadsheet takes for a formula: what begins like one is led by an apostrophe, as they do themselves. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
