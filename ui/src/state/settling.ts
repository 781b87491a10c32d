// Conversations become others while they are chosen: made one, taken apart, put back. Until it is known what is chosen then,
// nothing is done to what was.
let underWay: Promise<void> | null = null;

/** Begins such work. */
export function settle(work: () => Promise<void>): Promise<void> {
  const before = underWay ?? Promise.resolve();
  const mine = before.then(work).finally(() => {
    if (underWay === mine) underWay = null;
  });
  underWay = mine;
  return mine;
}

/** Ends when it is known what is chosen; null: it is. */
export function settling(): Promise<void> | null {
  return underWay;
}
