/** What the address of the request page says: where it starts from. */
export interface RequestSearch {
  /** `team/name` of a profile: another revision of it. */
  readonly for?: string;
  /** `team/name` of a profile in force whose words are taken over. */
  readonly like?: string;
  /** Id of a preset. */
  readonly preset?: string;
  /** Id of a pending request to change. */
  readonly amend?: string;
  readonly team?: string;
}

export function readRequestSearch(search: Record<string, unknown>): RequestSearch {
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  return {
    ...pick('for', text('for')),
    ...pick('like', text('like')),
    ...pick('preset', text('preset')),
    ...pick('amend', text('amend')),
    ...pick('team', text('team')),
  };
}

function pick<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return value === undefined || value === '' ? {} : ({ [name]: value } as { [Key in Name]: string });
}
