import type { Profiler } from 'node:inspector';

export type CpuProfile = Profiler.Profile;

/** A part of the time that a process was busy. */
export interface Share {
  readonly of: string;
  /** 0 to 1. */
  readonly share: number;
}

export interface ProfileSummary {
  /** How much of the time the process did anything at all, 0 to 1. */
  readonly busy: number;
  /** By package, room of ours, or part of Node; the heaviest first. */
  readonly packages: readonly Share[];
  /** The functions that themselves took most, with where they are. */
  readonly functions: readonly Share[];
}

/** Sums up who had the processor when the profiler looked. */
export function summarize({ nodes, samples = [], timeDeltas = [] }: CpuProfile): ProfileSummary {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  let idle = 0;
  for (const [index, id] of samples.entries()) {
    const frame = byId.get(id);
    const time = timeDeltas[index] ?? 0;
    total += time;
    // Waiting, and what the profiler itself takes to begin and to end.
    if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') {
      idle += time;
      continue;
    }
    const where = ownerOf(frame);
    packages.set(where, (packages.get(where) ?? 0) + time);
    const name = `${frame.functionName === '' ? '(anonymous)' : frame.functionName}, ${where}`;
    functions.set(name, (functions.get(name) ?? 0) + time);
  }
  const busy = total - idle;
  return { busy: busy / total, packages: sharesOf(packages, busy), functions: sharesOf(functions, busy) };
}

function sharesOf(times: ReadonlyMap<string, number>, whole: number): Share[] {
  return [...times].map(([of, time]) => ({ of, share: time / whole })).sort((a, b) => b.share - a.share);
}

/** Whose code a frame is: `fastify`, `capward src/http`, `node:http`, `(garbage collector)`. */
function ownerOf({ url, functionName }: Profiler.ProfileNode['callFrame']): string {
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (dependency !== undefined) return dependency;
  const room = /\/src\/([^/]+)\/[^/]+$/.exec(url)?.[1];
  if (room !== undefined) return `capward src/${room}`;
  if (url.startsWith('node:')) return /^node:(?:internal\/)?[^/]+/.exec(url)?.[0] ?? url;
  if (url === '') return functionName.startsWith('(') ? functionName : 'node and V8 (native)';
  return url.startsWith('file:') ? (url.split('/').at(-1) ?? url) : 'compiled queries and validators';
}
