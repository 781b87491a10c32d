// Who is meant by the letters typed so far. A failure only means that nobody is suggested.
import { backend } from "../ipc";
import type { AddressView } from "../ipc/backend";

export async function completeAddress(typed: string): Promise<AddressView[]> {
  try {
    return await backend().completeAddress(typed);
  } catch {
    return [];
  }
}
