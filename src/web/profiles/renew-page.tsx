import { getRouteApi, Link } from '@tanstack/react-router';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { PolicyInForce, ProfileToRenew, type ProfileToRenewQuery } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { useViewer } from '../api/viewer.ts';
import { Problem } from '../ui/notice.tsx';
import { Empty, Page, Waiting } from '../ui/page.tsx';
import { OfProfile } from './of-profile.tsx';
import { RenewForm } from './renew-form.tsx';

const route = getRouteApi('/profiles/$team/$name/renew');

type Profile = NonNullable<ProfileToRenewQuery['profile']>;

/** Asks for what was approved last once more. */
export function RenewPage() {
  const { team, name } = route.useParams();
  const { scopes } = useViewer();
  const asked = useAsk(ProfileToRenew, { team, name });
  const policy = useAsk(PolicyInForce, {});
  const profile = asked.data?.profile;
  const last = profile?.approved ?? profile?.revisions.nodes.find(({ approvedAt }) => approvedAt !== null);
  const may = scopes.includes('requests:write');
  const renewable = may && profile != null && profile.pending === null && profile.standing !== 'REVOKED';
  if (renewable && last !== undefined && policy.data !== undefined) {
    const document = policy.data.policy.document as PolicyDocument;
    return <RenewForm team={team} name={name} last={last} inForce={profile.approved !== null} policy={document} />;
  }
  const failed = asked.data === undefined ? asked : policy;
  return (
    <Page title={`Renew ${name}`} lead={<OfProfile team={team} name={name} />}>
      {failed.isError && failed.data === undefined ? (
        <Problem error={failed.error} retry={() => void failed.refetch()} />
      ) : null}
      {failed.data === undefined && !failed.isError ? <Waiting lines={8} /> : null}
      {profile === undefined || (renewable && last !== undefined) ? null : <NotRenewed profile={profile} may={may} />}
    </Page>
  );
}

/** Why there is nothing to renew, and what to do instead. */
function NotRenewed({ profile, may }: { readonly profile: Profile | null; readonly may: boolean }) {
  const { member } = useViewer();
  if (profile === null) {
    return (
      <Empty title="There is no such profile">
        <p>
          Or you may not see it. <Link to="/profiles">Look through the profiles</Link>.
        </p>
      </Empty>
    );
  }
  if (!may) {
    return (
      <Empty title="You cannot ask for a renewal">
        <p>
          {member.orgRole === 'AUDITOR'
            ? 'Your role reads and reviews. Somebody who works in the team asks; you look at it.'
            : 'Your role asks, but this token lacks the scope requests:write.'}
        </p>
      </Empty>
    );
  }
  if (profile.pending !== null) {
    return (
      <Empty title="A request for this profile is pending">
        <p>
          There is one at a time.{' '}
          <Link to="/requests/$id" params={{ id: profile.pending.id }}>
            Look at it
          </Link>
          : it can be changed or withdrawn.
        </p>
      </Empty>
    );
  }
  const revoked = profile.standing === 'REVOKED';
  return (
    <Empty title={revoked ? 'What was approved was taken back' : 'Nothing of it was approved yet'}>
      <p>
        So there is nothing to renew.{' '}
        <Link to="/request" search={{ for: `${profile.team.slug}/${profile.name}` }}>
          Request {revoked ? 'another revision' : 'it'}
        </Link>
        .
      </p>
    </Empty>
  );
}
