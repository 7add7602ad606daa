import { failureOf, valueOf } from "./evaluating";

const BERLIN =
  "T(ZonedDateTime).parse('2024-03-31T01:30:00+01:00[Europe/Berlin]')";

describe("a date", () => {
  it.each([
    ["T(java.time.LocalDate).parse('2024-01-31').plusMonths(1)", "2024-02-29"],
    ["T(LocalDate).of(2024, 2, 29).plusYears(1)", "2025-02-28"],
    ["T(LocalDate).of(2024, 2, 29).minusDays(60)", "2023-12-31"],
    ["T(LocalDate).of(2024, 2, 29).plusWeeks(1)", "2024-03-07"],
    ["T(LocalDate).of(2024, 2, 29).year", "2024"],
    ["T(LocalDate).of(2024, 2, 29).getMonthValue()", "2"],
    ["T(LocalDate).of(2024, 2, 29).getMonth()", "FEBRUARY"],
    ["T(LocalDate).of(2024, 2, 29).dayOfMonth", "29"],
    ["T(LocalDate).of(2024, 2, 29).getDayOfWeek()", "THURSDAY"],
    ["T(LocalDate).of(2024, 2, 29).getDayOfYear()", "60"],
    ["T(LocalDate).of(2024, 2, 1).lengthOfMonth()", "29"],
    ["T(LocalDate).of(1900, 1, 1).isLeapYear()", "false"],
    ["T(LocalDate).of(2024, 1, 31).withMonth(2)", "2024-02-29"],
    ["T(LocalDate).of(2024, 1, 31).withDayOfMonth(1)", "2024-01-01"],
    ["T(LocalDate).ofEpochDay(19782)", "2024-02-29"],
    ["T(LocalDate).of(2024, 2, 29).toEpochDay()", "19782"],
    [
      "T(LocalDate).of(2024, 2, 29).isBefore(T(LocalDate).of(2024, 3, 1))",
      "true",
    ],
    ["T(LocalDate).of(2024, 2, 29) > T(LocalDate).of(2024, 3, 1)", "false"],
    [
      "T(LocalDate).of(2024, 2, 29) == T(LocalDate).parse('2024-02-29')",
      "true",
    ],
    ["T(LocalDate).now() instanceof T(LocalDate)", "true"],
    ["T(LocalDate).of(2024, 5, 1).atStartOfDay()", "2024-05-01T00:00"],
    [
      "T(LocalDate).parse('01.05.2024', T(DateTimeFormatter).ofPattern('dd.MM.yyyy'))",
      "2024-05-01",
    ],
    [
      "T(LocalDate).parse('1 May 24', T(DateTimeFormatter).ofPattern('d MMM yy'))",
      "2024-05-01",
    ],
    [
      "T(LocalDate).of(2024, 5, 1).format(T(DateTimeFormatter).BASIC_ISO_DATE)",
      "20240501",
    ],
    [
      "T(LocalDate).of(2024, 5, 1).format(T(DateTimeFormatter).ISO_DATE)",
      "2024-05-01",
    ],
    [
      "T(LocalDate).of(2024, 5, 1).format(T(DateTimeFormatter).ofPattern('EEEE, d MMMM yyyy'))",
      "Wednesday, 1 May 2024",
    ],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it.each([
    ["T(LocalDate).of(2024, 2, 30)", "invalid date or time"],
    ["T(LocalDate).of(10000, 1, 1)", "invalid date or time"],
    ["T(LocalDate).of(9999, 1, 1).plusYears(1)", "invalid date or time"],
    [
      "T(LocalDate).of(9999, 1, 1).plusDays(99999999)",
      "a year must be from -9999 to 9999",
    ],
    [
      "T(LocalDate).of(2024, 2)",
      "LocalDate.of requires numbers for year, month, day",
    ],
    [
      "T(LocalDate).parse('today')",
      "the string is not a valid LocalDate; use, for example, 2024-05-01",
    ],
    [
      "T(LocalDate).now().format(T(DateTimeFormatter).ofPattern('HH'))",
      "the date pattern includes a time, but a LocalDate has no time",
    ],
    [
      "T(DateTimeFormatter).ofPattern('Q')",
      /^unknown letter Q in the date pattern/,
    ],
    [
      "T(LocalDate).parse('x', T(DateTimeFormatter).ofPattern('yyyy'))",
      "the string does not match the date pattern",
    ],
  ])("%s fails", (expression, reason) => {
    expect(failureOf(expression).reason).toEqual(
      typeof reason === "string" ? reason : expect.stringMatching(reason),
    );
  });
});

describe("a date and a time", () => {
  it.each([
    ["T(LocalDateTime).of(2024, 5, 1, 12, 30)", "2024-05-01T12:30"],
    [
      "T(LocalDateTime).of(2024, 5, 1, 12, 30, 15, 5000000)",
      "2024-05-01T12:30:15.005",
    ],
    [
      "T(LocalDateTime).parse('2024-05-01T23:30:00').plusHours(1)",
      "2024-05-02T00:30",
    ],
    ["T(LocalDateTime).parse('2024-05-01T23:30:00').hour", "23"],
    [
      "T(LocalDateTime).parse('2024-05-01T23:30:00').withMinute(5)",
      "2024-05-01T23:05",
    ],
    [
      "T(LocalDateTime).parse('2024-05-01T23:30:00').toLocalDate()",
      "2024-05-01",
    ],
    [
      "T(LocalDateTime).parse('2024-05-01T13:30:00').format(T(DateTimeFormatter).ofPattern(\"h:mm a 'o''clock'\"))",
      "1:30 PM o'clock",
    ],
    [
      "T(LocalDateTime).parse('2024-05-01T13:30:00').atZone('UTC').toEpochSecond()",
      "1714570200",
    ],
    [
      "T(LocalDateTime).parse('05/01/2024 01:30 PM', T(DateTimeFormatter).ofPattern('MM/dd/yyyy hh:mm a'))",
      "2024-05-01T13:30",
    ],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });
});

describe("a date and a time in a zone", () => {
  it.each([
    [BERLIN, "2024-03-31T01:30+01:00[Europe/Berlin]"],
    [`${BERLIN}.plusHours(1)`, "2024-03-31T03:30+02:00[Europe/Berlin]"],
    [`${BERLIN}.plusDays(1)`, "2024-04-01T01:30+02:00[Europe/Berlin]"],
    [
      `${BERLIN}.withZoneSameInstant('Asia/Tokyo')`,
      "2024-03-31T09:30+09:00[Asia/Tokyo]",
    ],
    [`${BERLIN}.withZoneSameInstant('Z')`, "2024-03-31T00:30Z"],
    [`${BERLIN}.withZoneSameLocal('UTC')`, "2024-03-31T01:30Z[UTC]"],
    [`${BERLIN}.getOffset()`, "+01:00"],
    [`${BERLIN}.zone`, "Europe/Berlin"],
    [
      `${BERLIN}.format(T(DateTimeFormatter).ISO_OFFSET_DATE_TIME)`,
      "2024-03-31T01:30:00+01:00",
    ],
    [
      `${BERLIN}.format(T(DateTimeFormatter).ISO_INSTANT)`,
      "2024-03-31T00:30:00Z",
    ],
    [
      `${BERLIN}.format(T(DateTimeFormatter).RFC_1123_DATE_TIME)`,
      "Sun, 31 Mar 2024 01:30:00 +0100",
    ],
    [`${BERLIN}.toEpochSecond()`, "1711845000"],
    ["T(ZonedDateTime).now('Asia/Tokyo').offset", "+09:00"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it("fails for a time zone that does not exist", () => {
    expect(failureOf("T(ZonedDateTime).now('Mars/Olympus')").reason).toBe(
      "unknown time zone; use, for example, Europe/Berlin, UTC or +02:00",
    );
  });
});

describe("a date and a format of Java's older sort", () => {
  it.each([
    ["new java.util.Date(0)", "Thu Jan 01 00:00:00 UTC 1970"],
    ["new Date(1000).getTime()", "1000"],
    ["new Date(0).before(new Date())", "true"],
    ["new Date(0) < new Date()", "true"],
    [
      "new java.text.SimpleDateFormat('yyyy-MM-dd HH:mm:ss.SSS Z').format(new Date(0))",
      "1970-01-01 00:00:00.000 +0000",
    ],
    [
      "new SimpleDateFormat('dd/MM/yy').parse('01/02/24').getTime()",
      "1706745600000",
    ],
    [
      "T(java.util.Calendar).getInstance().get(T(Calendar).YEAR) > 2000",
      "true",
    ],
    ["T(Calendar).getInstance().getTimeInMillis() > 0", "true"],
    [
      "new java.text.DecimalFormat('#,##0.00').format(1234567.891)",
      "1,234,567.89",
    ],
    ["new DecimalFormat('0.#').format(2)", "2"],
    ["new DecimalFormat('000').format(-5)", "-005"],
    ["new DecimalFormat('0%').format(0.256)", "26%"],
    ["new DecimalFormat('$0.00').format(2.5)", "$2.50"],
    ["new DecimalFormat('0.0').format(0.25)", "0.2"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });
});
