// One entry of an Accept header: a type or a wildcard, in small letters, and how welcome that is (0 to 1).
interface Range {
  readonly range: string;
  readonly quality: number;
}

/**
 * Whether a caller would rather have JSON than a resource's own media type (RFC 9110, 12.5.1). Where both are as
 * welcome, only those who name `application/json` get it.
 */
export function prefersJson(accept: string | undefined, own: string): boolean {
  // Whoever says nothing takes anything.
  if (accept === undefined) return false;
  const ranges = accept.split(',').map(readRange);
  const [ownType = ''] = own.split(';', 1);
  const json = qualityOf('application/json', ranges);
  const other = qualityOf(ownType.trim(), ranges);
  const isNamed = ranges.some(({ range }) => range === 'application/json');
  return json > other || (json === other && json > 0 && isNamed);
}

function readRange(entry: string): Range {
  const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { range, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** By the most exact entry that covers the type; 0 where none does. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const exactFirst = [type, type.replace(/\/.*/, '/*'), '*/*'];
  for (const wanted of exactFirst) {
    const found = ranges.find(({ range }) => range === wanted);
    if (found !== undefined) return found.quality;
  }
  return 0;
}
