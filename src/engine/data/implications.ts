/** A capability that makes another one needless, wholly or for most of what people want it for. */
export interface Implication {
  readonly holder: string;
  readonly implied: string;
  readonly why: string;
}

/**
 * What makes what needless. Only what a reviewer may rely on: the holder can do the same operations. Partial overlaps
 * (CAP_DAC_OVERRIDE does not open file handles, CAP_NET_ADMIN opens no raw sockets) are left out, and what does not last:
 * CAP_SYS_ADMIN read the kernel's log up to Linux 6.6, and no longer does in 6.18.
 *
 * Source: capabilities(7).
 */
export const IMPLICATIONS: readonly Implication[] = [
  {
    holder: 'CAP_SYS_ADMIN',
    implied: 'CAP_BPF',
    why: 'it still performs all the operations that were split off; the narrower one is the better choice',
  },
  {
    holder: 'CAP_SYS_ADMIN',
    implied: 'CAP_PERFMON',
    why: 'it still performs all the operations that were split off; the narrower one is the better choice',
  },
  {
    holder: 'CAP_SYS_ADMIN',
    implied: 'CAP_CHECKPOINT_RESTORE',
    why: 'it still performs all the operations that were split off; the narrower one is the better choice',
  },
];
