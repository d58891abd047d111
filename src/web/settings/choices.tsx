import { Checkbox } from '@mantine/core';

/** Any of some words. */
export function Choices({
  legend,
  of,
  chosen,
  change,
  error,
}: {
  readonly legend: string;
  readonly of: readonly string[];
  readonly chosen: readonly string[];
  readonly change: (chosen: readonly string[]) => void;
  readonly error: string | undefined;
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="row choices">
        {of.map((one) => (
          <Checkbox
            key={one}
            label={one}
            checked={chosen.includes(one)}
            onChange={(event) =>
              change(event.currentTarget.checked ? [...chosen, one] : chosen.filter((other) => other !== one))
            }
          />
        ))}
      </div>
      {of.length === 0 ? <p className="dim">There are none yet.</p> : null}
      {error === undefined ? null : <p className="wrong">{error}</p>}
    </fieldset>
  );
}
