/** What has to be true besides the capabilities, where an ordinary container may not have it. */
export interface Condition {
  /**
   * `confinement`: a seccomp filter or a security module stands in the way; `device`: a device has to be handed in; both
   * are given to a privileged container. `host`: a fact about the host, its kernel or its namespaces.
   */
  readonly kind: 'confinement' | 'device' | 'host';
  /** Follows "depends on": `a filesystem that has such flags`. */
  readonly what: string;
  /** The capability to which it matters, where it does not to the others that allow the operation. */
  readonly through?: string;
}

/** Something that a process may do to the system, in words that an approver understands. */
export interface Operation {
  /** Stays the same for good, `mount-filesystem`. */
  readonly id: string;
  readonly area: 'files' | 'network' | 'processes' | 'kernel' | 'machine';
  /** What is done, `Mount a filesystem`. */
  readonly title: string;
  /** Any one of these sets of capabilities allows it. */
  readonly needs: readonly (readonly string[])[];
  readonly conditions: readonly Condition[];
  /** Some runtimes open it to everybody in a network of the container's own: the rule of theirs that says so. */
  readonly openInOwnNetwork: 'openPorts' | 'openPing' | undefined;
  /** Under the conditions, uid 0 may do it without any capability. */
  readonly openToRoot: boolean;
  /** What to know about it, which does not change the answer. */
  readonly note: string | undefined;
  readonly source: string;
}

/** An entry of the catalogue, with the parts that most entries do not have left out. */
type Entry = Pick<Operation, 'id' | 'title' | 'needs' | 'source'> &
  Partial<Pick<Operation, 'conditions' | 'openInOwnNetwork' | 'openToRoot' | 'note'>>;

/** The operations of one area. */
export function operationsOf(area: Operation['area'], entries: readonly Entry[]): readonly Operation[] {
  const usual = { conditions: [], openInOwnNetwork: undefined, openToRoot: false, note: undefined };
  return entries.map((entry) => ({ area, ...usual, ...entry }));
}

export function confinement(what: string): Condition {
  return { kind: 'confinement', what };
}

export function device(what: string): Condition {
  return { kind: 'device', what };
}

/** `through`: the capability to which it matters, if not to all of the operation's. */
export function host(what: string, through?: string): Condition {
  return through === undefined ? { kind: 'host', what } : { kind: 'host', what, through };
}
