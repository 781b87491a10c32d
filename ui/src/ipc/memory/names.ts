// How the in-memory engine names a person in a row.
import type { AddressView } from "../backend";

export function nameOf(address: AddressView): string {
  return address.name ?? address.email;
}
