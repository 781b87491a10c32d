// A day that is typed part by part, as it is written where the person lives, or pressed in a calendar; or no day. The web view's own
// field for dates is not used: that of WebKitGTK takes no digits one after the other.
import { useState } from "react";
import { CalendarDate, getLocalTimeZone, parseDate, today } from "@internationalized/date";
import {
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  I18nProvider,
  Label,
  Popover,
} from "react-aria-components";
import { say } from "../words";
import { dayLocale } from "../words/days";
import { IconButton } from "./IconButton";
import { FIRST_DAY, Month } from "./Month";
import styles from "./Day.module.css";
import field from "./TextField.module.css";
import menu from "./Menu.module.css";

export interface DayFieldProps {
  label: string;
  /** As 2026-11-23, or empty. What is typed of a day that is none yet is empty as well. */
  value: string;
  onChange: (day: string) => void;
}

export function DayField({ label, value, onChange }: DayFieldProps) {
  const [day, setDay] = useState<CalendarDate | null>(() => (value === "" ? null : parseDate(value)));
  const [seen, setSeen] = useState(() => day ?? today(getLocalTimeZone()));
  const [isOdd, setOdd] = useState(false);
  const choose = (to: CalendarDate | null) => {
    setDay(to);
    setOdd(false);
    // A year is typed digit by digit: until it is one the day is none.
    const isWhole = to !== null && to.compare(FIRST_DAY) >= 0;
    onChange(isWhole ? to.toString() : "");
    if (isWhole) setSeen(to);
  };
  const onKeyDown = ({ key, target, currentTarget }: React.KeyboardEvent) => {
    // As in a line of text; on a button it presses that.
    if (key !== "Enter" || !(target as Element).matches(PART)) return;
    setOdd(isOddDay(currentTarget));
    currentTarget.closest("form")?.requestSubmit();
  };
  const onBlur = ({ target, relatedTarget, currentTarget }: React.FocusEvent) => {
    // What the popover tells is told through here as well.
    if (!currentTarget.contains(target) || currentTarget.contains(relatedTarget)) return;
    const isInCalendar = relatedTarget?.closest("[role=dialog]") !== currentTarget.closest("[role=dialog]");
    if (relatedTarget === null || !isInCalendar) setOdd(isOddDay(currentTarget));
  };
  return (
    <I18nProvider locale={dayLocale()}>
      <div className={styles.whole} onKeyDownCapture={onKeyDown} onBlur={onBlur}>
        <DatePicker
          className={field.field ?? ""}
          value={day}
          onChange={choose}
          granularity="day"
          shouldForceLeadingZeros
          isInvalid={isOdd}
          validationBehavior="aria"
        >
          <Label className={field.label ?? ""}>{label}</Label>
          <Group
            className={styles.field ?? ""}
            data-day=""
            data-early={(day !== null && day.compare(FIRST_DAY) < 0) || undefined}
          >
            <DateInput className={styles.parts ?? ""}>
              {(segment) => <DateSegment segment={segment} className={styles.part ?? ""} />}
            </DateInput>
            {day !== null && (
              <IconButton
                slot={null}
                icon="close"
                label={say("date-none", { label })}
                className={styles.tool}
                onPress={({ target }) => {
                  choose(null);
                  target.closest("[data-day]")?.querySelector<HTMLElement>(PART)?.focus();
                }}
              />
            )}
            {/* The name of the field is read out behind it. */}
            <IconButton icon="calendar" label={say("date-choose")} className={styles.tool} />
          </Group>
          {isOdd && (
            <span role="alert" className={field.error}>
              {say("date-odd")}
            </span>
          )}
          <Popover className={menu.popover ?? ""} offset={4}>
            <Dialog className={styles.sheet ?? ""}>
              <Month seen={seen} onSee={setSeen} />
            </Dialog>
          </Popover>
        </DatePicker>
      </div>
    </I18nProvider>
  );
}

const PART = "[role=spinbutton]";

/** Begun and not ended, or of a time before all letters. */
function isOddDay(whole: Element): boolean {
  const parts = [...whole.querySelectorAll(PART)];
  const open = parts.filter((part) => part.hasAttribute("data-placeholder"));
  return open.length > 0 ? open.length < parts.length : whole.querySelector("[data-early]") !== null;
}

/** Where the first day of a form is typed that was begun and is none: whoever sends the form is led there. Null where all are well. */
export function oddDayIn(form: Element): HTMLElement | null {
  const odd = [...form.querySelectorAll("[data-day]")].find(
    ({ parentElement: whole }) => whole !== null && isOddDay(whole),
  );
  return (
    odd?.querySelector<HTMLElement>(`${PART}[data-placeholder]`) ??
    odd?.querySelector<HTMLElement>(PART) ??
    null
  );
}
