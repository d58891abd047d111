import { TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { Credentials, TokensOf } from '../api/operations.gen.ts';
import { useAsk } from '../api/queries.ts';
import { governs, useViewer } from '../api/viewer.ts';
import { Problem } from '../ui/notice.tsx';
import { Card, Empty, Page, Waiting } from '../ui/page.tsx';
import { NewToken } from './new-token.tsx';
import { Sessions } from './sessions.tsx';
import { SettingsTabs } from './settings-tabs.tsx';
import { TokenTable } from './token-table.tsx';
import './settings.css';

/** What acts for whoever looks: tokens and sessions; for owners those of others too. */
export function TokensPage() {
  const viewer = useViewer();
  const may = viewer.scopes.includes('admin');
  const asked = useAsk(Credentials, {}, { enabled: may });
  return (
    <Page title="Settings" windowTitle="Tokens and sessions">
      <SettingsTabs />
      {may ? null : (
        <Empty title="This token may not look at tokens">
          <p>Sign in with a browser, or with a token of the scope admin.</p>
        </Empty>
      )}
      {asked.isError && asked.data === undefined ? <Problem error={asked.error} /> : null}
      {may && asked.data === undefined && !asked.isError ? <Waiting /> : null}
      {asked.data === undefined ? null : (
        <>
          <Card title="Your tokens">
            <TokenTable tokens={asked.data.tokens} />
          </Card>
          <NewToken />
          <Sessions sessions={asked.data.sessions} />
        </>
      )}
      {governs(viewer) ? <Others /> : null}
    </Page>
  );
}

/** For owners: the tokens of anybody. */
function Others() {
  const [text, setText] = useState('');
  const owner = useDeferredValue(text.trim());
  const asked = useAsk(TokensOf, { owner }, { enabled: owner !== '' });
  return (
    <Card title="Tokens of somebody else">
      <div className="stack">
        <TextInput
          label="Email, or name of a service account"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {asked.isError && owner !== '' ? <p className="dim">Nobody has that name.</p> : null}
        {asked.data === undefined ? null : <TokenTable tokens={asked.data.tokens} />}
      </div>
    </Card>
  );
}
