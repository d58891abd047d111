import { Button } from '@mantine/core';
import { Notice } from './notice.tsx';

/** Says that a list is out of date, where it is too long to be asked again while somebody reads it. */
export function News({ of }: { readonly of: { readonly outdated: boolean; readonly renew: () => void } }) {
  if (!of.outdated) return null;
  return (
    <Notice live title="More has happened since this was read">
      <Button size="xs" variant="default" mt={8} onClick={of.renew}>
        Show it
      </Button>
    </Notice>
  );
}
