import { Link } from '@tanstack/react-router';
import { Empty, Page } from '../ui/page.tsx';

/** For an address that leads nowhere. */
export function Lost() {
  return (
    <Page title="There is no such page">
      <Empty title="Nothing is kept at this address">
        <p>
          Go to the <Link to="/">overview</Link> or look through the <Link to="/profiles">profiles</Link>.
        </p>
      </Empty>
    </Page>
  );
}
