import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { PartMissing } from './part.ts';

/** Where a page should be that could not be fetched, or that broke. It comes back by itself once the network does. */
export function Broken({ error }: ErrorComponentProps) {
  const [away, setAway] = useState(false);
  const again = async () => {
    setAway(!(await isThere()));
  };
  useEffect(() => {
    const back = () => void isThere();
    globalThis.addEventListener('online', back);
    return () => globalThis.removeEventListener('online', back);
  }, []);
  const missing = error instanceof PartMissing;
  return (
    <Page title={missing ? 'This page could not be fetched' : 'This page broke'}>
      <Notice kind="bad" live title={missing ? 'Capward cannot be reached' : 'Something went wrong on this page'}>
        <p>
          {missing
            ? 'The network or the service is away, or the service was renewed since this window was opened.'
            : 'The fault is ours. Tell whoever runs Capward what you did.'}{' '}
          What you wrote is safe here.
        </p>
        <Button size="xs" variant="default" mt={8} onClick={() => void again()}>
          Load it again
        </Button>
        {away ? <p>It is still away.</p> : null}
      </Notice>
    </Page>
  );
}

/** Loads everything anew if the service is there; else this window keeps what it has. */
async function isThere(): Promise<boolean> {
  try {
    const { ok } = await fetch(globalThis.location.href, { cache: 'no-store' });
    if (ok) globalThis.location.reload();
    return ok;
  } catch {
    return false;
  }
}
