// Who is meant by the letters typed so far. A failure only means that nobody is suggested.
import { backend } from "../ipc";
import type { KnownPeopleView } from "../ipc/backend";

export async function completeAddress(typed: string, most: number): Promise<KnownPeopleView> {
  try {
    return await backend().completeAddress(typed, most);
  } catch {
    return { people: [], more: false };
  }
}
