declare const shape: unique symbol;

/** What the page asks of the service, with the types of what it takes and gives. */
export interface Operation<Result, Variables> {
  readonly name: string;
  readonly text: string;
  /** Only there for the types. */
  readonly [shape]?: (variables: Variables) => Result;
}
