import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

/** Puts a text into the clipboard, and says that it has. */
export function CopyButton({
  text,
  what,
  small = false,
}: {
  readonly text: string;
  /** What is copied: "the digest". */
  readonly what: string;
  readonly small?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void writeClipboard(text).then(() => setCopied(true));
  };
  const said = copied ? 'Copied' : `Copy ${what}`;
  if (small) {
    return (
      <ActionIcon variant="subtle" color="spruce" size={26} aria-label={said} title={said} onClick={copy}>
        <Icon name={copied ? 'check' : 'copy'} size={15} />
      </ActionIcon>
    );
  }
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={said}
      leftSection={<Icon name={copied ? 'check' : 'copy'} size={15} />}
      onClick={copy}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}

/** Pages over plain HTTP, other than of this machine, have no clipboard: there the old way still works. */
async function writeClipboard(text: string): Promise<void> {
  if (globalThis.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
