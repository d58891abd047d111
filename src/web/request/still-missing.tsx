import type { Missing } from './missing.ts';

const NAMES: Readonly<Record<keyof Missing, string>> = {
  team: 'the team',
  name: 'the name of the profile',
  words: 'capabilities that the runtime takes',
  justification: 'what it is needed for',
  reasons: 'why each capability is needed',
  ticket: 'the link to the ticket',
  days: 'for how many days',
};

const ORDER = Object.keys(NAMES) as readonly (keyof Missing)[];

const LIST = new Intl.ListFormat('en-GB');

/** What keeps a request from being sent, said where somebody has pressed the button. */
export function StillMissing({ missing }: { readonly missing: Missing }) {
  const names = ORDER.filter((field) => missing[field] !== undefined).map((field) => NAMES[field]);
  if (names.length === 0) return null;
  return (
    <p className="still-missing" role="alert">
      {names.length === 1 ? 'One thing is' : `${names.length} things are`} missing or not right: {LIST.format(names)}.
    </p>
  );
}

/** Takes somebody to the first field that is not right, in the order of the page. */
export function goToFirstMissing(form: HTMLElement): void {
  const first = form.querySelector<HTMLElement>(
    '[data-missing] input:not(:disabled), [data-missing] textarea, [data-missing] select',
  );
  first?.scrollIntoView({ block: 'center' });
  first?.focus({ preventScroll: true });
}
