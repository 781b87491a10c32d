// A month to choose a day from, with steps of a month and of a year. Where it stands in the popover of a day's field, what is chosen is
// that field's.
import { CalendarDate, endOfMonth, maxDate } from "@internationalized/date";
import { Calendar, CalendarCell, CalendarGrid, Heading } from "react-aria-components";
import { say } from "../words";
import { firstOfWeek } from "../words/days";
import type { IconName } from "./Icon";
import { IconButton } from "./IconButton";
import styles from "./Day.module.css";

/** No letter is older than the first of them (RFC 733 was written in 1977). */
export const FIRST_DAY = new CalendarDate(1970, 1, 1);

export interface MonthProps {
  /** Which month is seen, and which day of it has the focus. */
  seen: CalendarDate;
  onSee: (day: CalendarDate) => void;
  /** Left out in the popover of a day's field. */
  value?: CalendarDate | null;
  onChange?: (day: CalendarDate) => void;
}

export function Month({ seen, onSee, ...choice }: MonthProps) {
  // Not of the calendar's own two: years are stepped through as well.
  const step = (label: string, icon: IconName, by: { months: number } | { years: number }) => (
    <IconButton
      slot={null}
      icon={icon}
      label={label}
      isDisabled={endOfMonth(seen.add(by)).compare(FIRST_DAY) < 0}
      onPress={() => onSee(maxDate(seen.add(by), FIRST_DAY) ?? FIRST_DAY)}
    />
  );
  return (
    <Calendar
      aria-label={say("date-calendar")}
      minValue={FIRST_DAY}
      firstDayOfWeek={firstOfWeek()}
      {...choice}
      focusedValue={seen}
      onFocusChange={onSee}
    >
      <header className={styles.head}>
        {step(say("date-year-before"), "farLeft", { years: -1 })}
        {step(say("date-month-before"), "left", { months: -1 })}
        <Heading className={styles.month ?? ""} />
        {step(say("date-month-after"), "right", { months: 1 })}
        {step(say("date-year-after"), "farRight", { years: 1 })}
      </header>
      <CalendarGrid className={styles.grid ?? ""} weekdayStyle="short">
        {(date) => <CalendarCell date={date} className={styles.cell ?? ""} />}
      </CalendarGrid>
    </Calendar>
  );
}
