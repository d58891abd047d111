import { Link } from '@tanstack/react-router';

/** Says of which profile a form is, and leads back to it. */
export function OfProfile({ team, name }: { readonly team: string; readonly name: string }) {
  return (
    <>
      Of{' '}
      <Link to="/profiles/$team/$name" params={{ team, name }}>
        {team}/{name}
      </Link>
    </>
  );
}
