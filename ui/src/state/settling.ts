// Conversations become others while they are chosen: made one, taken apart, put back. Until it is known what is chosen then,
// nothing is done to what was.
let underWay: Promise<void> | null = null;

/** Begins such work, after what is under way, however that ends. */
export function settle(work: () => Promise<void>): Promise<void> {
  const mine = (underWay ?? Promise.resolve()).then(work);
  const end = () => {
    if (underWay === ended) underWay = null;
  };
  const ended: Promise<void> = mine.then(end, end);
  underWay = ended;
  return mine;
}

/** Ends when it is known what is chosen, also where that could not be found out; null: it is known. */
export function settling(): Promise<void> | null {
  return underWay;
}
