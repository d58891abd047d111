interface Person {
  readonly id: string;
  readonly kind: 'HUMAN' | 'SERVICE';
  readonly login: string;
}

/** A short approval that one person gave to one person, without reviews. */
export interface Emergency {
  readonly id: string;
  readonly profileId: string;
  readonly revision: number;
  /** To whom it was given: nobody else can export it. */
  readonly member: Person;
  readonly personId: string;
  readonly openedBy: Person;
  readonly openedByPersonId: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly endsAt: Date;
  /** The review afterwards; null as long as it is open. */
  readonly closedBy: Person | null;
  readonly closedAt: Date | null;
  readonly justified: boolean | null;
  readonly closingComment: string | null;
}

/** Whether it can be used at that moment: until its end, or until somebody closes it. */
export function isUsable({ endsAt, closedAt }: Pick<Emergency, 'endsAt' | 'closedAt'>, now: Date): boolean {
  return closedAt === null && now < endsAt;
}
