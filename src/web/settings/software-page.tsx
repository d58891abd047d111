import { Page } from '../ui/page.tsx';
import { OwnersOnly } from './owners-only.tsx';
import { ServiceAccounts } from './service-accounts.tsx';
import { SettingsTabs } from './settings-tabs.tsx';
import { WorkloadRules } from './workload-rules.tsx';
import './settings.css';

/** What acts without a person: CI jobs, by rules, and service accounts, by tokens. */
export function SoftwarePage() {
  return (
    <Page title="Settings" windowTitle="Software">
      <SettingsTabs />
      <OwnersOnly>
        <WorkloadRules />
        <ServiceAccounts />
      </OwnersOnly>
    </Page>
  );
}
