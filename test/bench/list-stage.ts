import { approvalOf, REQUEST, REVIEW, type Requested, type Reviewed, requestFor } from './requests.ts';
import { type Ask, type Cast, type Stage, setStage, TEAM } from './stage.ts';

/** Profiles of each tenant: more than a page. */
const PROFILES = 30;
const TENANTS = 3;

export function profileName(number: number): string {
  return `service-${String(number).padStart(3, '0')}`;
}

/** Tenants whose every profile has a revision in force, and a request that has one of the two approvals it takes. */
export function setListStage(): Promise<Stage> {
  return setStage({ throwaway: true }, TENANTS, async (ask, cast) => {
    for (let number = 0; number < PROFILES; number += 1) {
      const name = profileName(number);
      await requestAndApprove(ask, cast, name, ['NET_RAW', 'NET_BIND_SERVICE'], 'APPROVED');
      await requestAndApprove(ask, cast, name, ['NET_ADMIN', 'SYS_PTRACE'], 'PENDING');
    }
  });
}

async function requestAndApprove(ask: Ask, cast: Cast, name: string, add: readonly string[], then: string) {
  const requested = await ask<Requested>(cast.member, REQUEST, requestFor(TEAM, name, add));
  const { reviewChangeRequest } = await ask<Reviewed>(cast.approver, REVIEW, approvalOf(requested));
  const { state } = reviewChangeRequest.changeRequest;
  if (state !== then) throw new Error(`the request for ${name} is ${state}, where ${then} was expected`);
}
