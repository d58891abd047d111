import { Button } from '@mantine/core';
import { Notice } from '../ui/notice.tsx';

/** Says that what is on the page was written before. */
export function KeptNotice({ forget }: { readonly forget: () => void }) {
  return (
    <Notice title="This is your draft from before">
      <Button size="compact-sm" variant="subtle" onClick={forget}>
        Discard it and begin anew
      </Button>
    </Notice>
  );
}
