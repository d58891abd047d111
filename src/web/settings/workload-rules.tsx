import { Button } from '@mantine/core';
import { useState } from 'react';
import { type RuleFactsFragment, WorkloadRules as Rules } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { Problem } from '../ui/notice.tsx';
import { Empty, Waiting } from '../ui/page.tsx';
import { RuleCard } from './rule-card.tsx';
import { RuleForm } from './rule-form.tsx';

/** Which CI jobs get a short token in exchange for the one of their platform. */
export function WorkloadRules() {
  const asked = useAsk(Rules, {});
  const [form, setForm] = useState<{ readonly of: RuleFactsFragment | undefined }>();
  const rules = asked.data?.workloadRules;
  const end = () => setForm(undefined);
  if (rules === undefined) {
    return asked.isError ? <Problem error={asked.error} retry={() => void asked.refetch()} /> : <Waiting />;
  }
  return (
    <>
      <div className="section-head">
        <h2>CI jobs</h2>
        <p className="dim">
          A rule lets the jobs of a platform swap the token that they have there for a short one here. No secret has to
          be kept.
        </p>
      </div>
      {rules.length === 0 && form === undefined ? (
        <Empty title="No job gets in by a rule yet">
          <p>Until there is one, deploy jobs keep the token of a service account.</p>
          <Button mt={12} onClick={() => setForm({ of: undefined })}>
            Make a rule
          </Button>
        </Empty>
      ) : null}
      {rules.map((rule) =>
        rule.name === form?.of?.name ? (
          <RuleForm key={rule.name} rule={rule} taken={[]} close={end} />
        ) : (
          <RuleCard key={rule.name} rule={rule} change={() => setForm({ of: rule })} />
        ),
      )}
      {form !== undefined && form.of === undefined ? (
        <RuleForm rule={undefined} taken={rules.map(({ name }) => name)} close={end} />
      ) : null}
      {rules.length > 0 && form === undefined ? (
        <div>
          <Button variant="default" onClick={() => setForm({ of: undefined })}>
            Make another rule
          </Button>
        </div>
      ) : null}
    </>
  );
}
