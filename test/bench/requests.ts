/** The mutations of a profile's life, as a client sends them. */
export const REQUEST = `
  mutation ($input: RequestProfileInput!) {
    requestProfile(input: $input) { changeRequest { id revision { digest } } }
  }`;

export const REVIEW = `
  mutation ($input: ReviewChangeRequestInput!) {
    reviewChangeRequest(input: $input) { changeRequest { state } }
  }`;

export interface Requested {
  readonly requestProfile: {
    readonly changeRequest: { readonly id: string; readonly revision: { readonly digest: string } };
  };
}

export interface Reviewed {
  readonly reviewChangeRequest: { readonly changeRequest: { readonly state: string } };
}

/** The variables of a request for that profile. */
export function requestFor(team: string, name: string, add: readonly string[]) {
  const justification = `${name} needs ${add.join(' and ')}: it sets up its own addresses and serves on a low port.`;
  return { input: { team, name, spec: { add, drop: ['MKNOD', 'AUDIT_WRITE'], user: '0:0' }, justification } };
}

/** The variables of the approval of what was requested. */
export function approvalOf({ requestProfile: { changeRequest } }: Requested) {
  const { id, revision } = changeRequest;
  return { input: { id, digest: revision.digest, verdict: 'APPROVE', comment: 'Looked at the five sets; fine.' } };
}
