// Trusting a sender, a list or a domain with remote pictures from now on, and no longer. Letters that are open are asked
// for again.
import { backend } from "../ipc";
import type { AllowedView } from "../ipc/backend";
import { client } from "../state/client";
import { stopShowing } from "../state/letterLook";
import { keys } from "../state/queries";
import { attempt } from "./attempt";

async function again(): Promise<void> {
  await client.invalidateQueries({ queryKey: ["body"] });
  await client.invalidateQueries({ queryKey: keys.allowed });
}

export function allowImages(email: string, whose: AllowedView): Promise<void> {
  return attempt(async () => {
    await backend().allowImages(email, whose);
    await again();
  });
}

export function forbidImages(whose: AllowedView): Promise<void> {
  return attempt(async () => {
    await backend().forbidImages(whose);
    stopShowing();
    await again();
  });
}
