// Trusting a sender with remote pictures from now on. Letters of theirs that are open are asked for again.
import { backend } from "../ipc";
import { client } from "../state/client";
import { attempt } from "./attempt";

export function alwaysShowImages(address: string): Promise<void> {
  return attempt(async () => {
    await backend().alwaysShowImagesFrom(address);
    await client.invalidateQueries({ queryKey: ["body"] });
  });
}
