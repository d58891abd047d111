/** Now, as everything but the composition root sees it; tests stop and move it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
