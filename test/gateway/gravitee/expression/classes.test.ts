import { failureOf, refusalOf, textOf, valueOf } from "./evaluating";

describe("a class", () => {
  it.each([
    ["T(Math).max(1, 2)", "2"],
    ["T(java.lang.Math).max(1, 2.5)", "2.5"],
    ["T(Math).max(3, 2.5)", "3.0"],
    ["T(Math).min(1, 2)", "1"],
    ["T(Math).abs(-5)", "5"],
    ["T(Math).round(2.5)", "3"],
    ["T(Math).round(-2.5)", "-2"],
    ["T(Math).floor(2.7)", "2.0"],
    ["T(Math).ceil(2.1)", "3.0"],
    ["T(Math).rint(2.5)", "2.0"],
    ["T(Math).pow(2, 3)", "8.0"],
    ["T(Math).sqrt(9)", "3.0"],
    ["T(Math).floorMod(-7, 3)", "2"],
    ["T(Math).floorDiv(-7, 3)", "-3"],
    ["T(Math).PI", "3.141592653589793"],
    ["T(Math).random() < 1", "true"],
    ["T(String).valueOf(5)", "5"],
    ["T(String).valueOf({1,2})", "[1, 2]"],
    ["T(String).join('-', {'a', 'b'})", "a-b"],
    ["T(String).join('-', 'a', 'b')", "a-b"],
    ["T(String).format('%s is %d', 'a', 5)", "a is 5"],
    [
      "T(String).format('%05d|%-4s|%4s|%+d', 42, 'ab', 'cd', 7)",
      "00042|ab  |  cd|+7",
    ],
    [
      "T(String).format('%.2f|%f|%,d|%x|%X|%o', 3.145, 1.5, 1234567, 255, 255, 8)",
      "3.15|1.500000|1,234,567|ff|FF|10",
    ],
    ["T(String).format('%2$s %1$s%n%%', 'a', 'b')", "b a\n%"],
    [
      "T(String).format('%b %c %S %.2e', true, 'x', 'up', 12345.678)",
      "true x UP 1.23e+04",
    ],
    ["T(String).format('%s', null)", "null"],
    ["T(String).format('%08.2f|%(d', -3.14159, -5)", "-0003.14|(5)"],
    ["T(Integer).parseInt('42') + 1", "43"],
    ["T(Integer).parseInt('ff', 16)", "255"],
    ["T(Integer).valueOf('-7')", "-7"],
    ["T(Integer).MAX_VALUE", "2147483647"],
    ["T(Integer).toHexString(-1)", "ffffffff"],
    ["T(Integer).toBinaryString(5)", "101"],
    ["T(Integer).toString(255, 16)", "ff"],
    ["T(Integer).compare(1, 2)", "-1"],
    ["T(Long).MAX_VALUE", "9223372036854775807"],
    ["T(Long).parseLong('9007199254740993')", "9007199254740993"],
    ["T(Short).parseShort('5')", "5"],
    ["T(Double).parseDouble('1.5')", "1.5"],
    ["T(Double).valueOf('2')", "2.0"],
    ["T(Double).toString(5)", "5.0"],
    ["T(Float).parseFloat('0.1')", "0.1"],
    ["new Integer('5') + new Double('1.5')", "6.5"],
    ["new String('a')", "a"],
    [
      "T(java.util.Base64).getEncoder().encodeToString('hi?'.getBytes())",
      "aGk/",
    ],
    [
      "T(java.util.Base64).getUrlEncoder().withoutPadding().encodeToString('hi?~'.getBytes())",
      "aGk_fg",
    ],
    ["new String(T(java.util.Base64).getDecoder().decode('aGk/'))", "hi?"],
    ["new String(T(Base64).getDecoder().decode('6Q=='), 'ISO-8859-1')", "é"],
    ["T(java.net.URLEncoder).encode('a b&ü~', 'UTF-8')", "a+b%26%C3%BC%7E"],
    ["T(java.net.URLDecoder).decode('a+b%26', 'UTF-8')", "a b&"],
    ["T(java.util.Collections).max({3, 9, 4})", "9"],
    ["T(java.util.Collections).min({3, 9, 4})", "3"],
    ["T(java.util.Collections).emptyList().size()", "0"],
    ["T(java.util.Collections).frequency({1, 2, 1}, 1)", "2"],
    ["new java.util.Random(42).nextInt(10)", "0"],
    ["new java.util.Random(42).nextInt()", "-1170105035"],
    ["T(java.util.UUID).randomUUID().toString().length()", "36"],
    ["T(System).currentTimeMillis() > 1700000000000", "true"],
    ["T(System).nanoTime() > 0", "true"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it("opens an expression that starts with T(…)", () => {
    expect(textOf("max {T(Math).max(1, 2)}")).toBe("max 2");
  });

  it.each([
    [
      "{T(Runtime).getRuntime()}",
      /^the class Runtime is not available; the available classes are Math, String, /,
    ],
    [
      "{T(java.lang.System).exit(0)}",
      "java.lang.System has no static method exit; it has currentTimeMillis, nanoTime",
    ],
    ["{T(Math).TAU}", "java.lang.Math has no constant TAU"],
    ["{T(Math).max(1)}", "Math.max cannot be called with 1 argument"],
    ["{T(Math)['max']}", "T(Math) is a class; call one of its methods"],
    ["{(new java.io.File('x'))}", /^the class java.io.File is not available/],
    ["{(new Math())}", "Math cannot be created with new"],
    [
      "{T(String).class.forName('x')}",
      "java.lang.String has no constant class",
    ],
  ])("refuses %s when the template is parsed", (text, reason) => {
    expect(refusalOf(text).reason).toEqual(
      typeof reason === "string" ? reason : expect.stringMatching(reason),
    );
  });

  it.each([
    ["T(Integer).parseInt('x')", "the value is not a valid Integer"],
    ["T(Integer).parseInt('2147483648')", "the value is not a valid Integer"],
    ["T(Double).parseDouble('x')", "the value is not a valid Double"],
    ["T(String).format('%d', 'x')", "%d requires a number"],
    ["T(String).format('%d')", "the format specifier %d has no argument"],
    [
      "T(String).format('%q', 1)",
      "unknown format specifier %q; the specifiers are %s, %d, %x, %o, %f, %e, %c, %b and %n",
    ],
    [
      "T(java.net.URLDecoder).decode('%zz')",
      "the string is not valid URL encoding",
    ],
    ["T(Base64).getDecoder().decode('?')", "the string is not valid Base64"],
    ["T(java.util.Collections).max({})", "the list is empty"],
  ])("%s fails: %s", (expression, reason) => {
    expect(failureOf(expression).reason).toBe(reason);
  });
});

describe("a BigDecimal", () => {
  it.each([
    ["new BigDecimal('1.10')", "1.10"],
    ["new java.math.BigDecimal('0.1').add(new BigDecimal('0.2'))", "0.3"],
    ["new BigDecimal('0.1') + new BigDecimal('0.2')", "0.3"],
    ["new BigDecimal('1.10').multiply(new BigDecimal('3'))", "3.30"],
    ["new BigDecimal('5').subtract(new BigDecimal('1.5'))", "3.5"],
    ["new BigDecimal('1').divide(new BigDecimal('8'))", "0.125"],
    ["new BigDecimal('1').divide(new BigDecimal('3'), 4, 'HALF_UP')", "0.3333"],
    ["new BigDecimal('10') / new BigDecimal('4.0')", "2.5"],
    ["new BigDecimal('7').remainder(new BigDecimal('4'))", "3"],
    ["new BigDecimal('2.345').setScale(2, 'HALF_UP')", "2.35"],
    ["new BigDecimal('2.345').setScale(2, 'HALF_EVEN')", "2.34"],
    ["new BigDecimal('-2.345').setScale(2, 'FLOOR')", "-2.35"],
    ["new BigDecimal('-2.345').setScale(2, 'CEILING')", "-2.34"],
    ["new BigDecimal('2.341').setScale(2, 'UP')", "2.35"],
    ["new BigDecimal('2.345').setScale(2, 1)", "2.34"],
    ["new BigDecimal('2.345').setScale(2, 'HALF_DOWN')", "2.34"],
    ["new BigDecimal('2').setScale(2)", "2.00"],
    ["new BigDecimal('1.0') == new BigDecimal('1.00')", "true"],
    ["new BigDecimal('1.0').equals(new BigDecimal('1.00'))", "false"],
    ["new BigDecimal('1.0').compareTo(new BigDecimal('2'))", "-1"],
    ["new BigDecimal('100').stripTrailingZeros()", "1E+2"],
    ["new BigDecimal('1E+2').toPlainString()", "100"],
    ["new BigDecimal('0.0000001')", "1E-7"],
    ["new BigDecimal('-1.5').abs().negate()", "-1.5"],
    ["new BigDecimal('123.45').precision()", "5"],
    ["new BigDecimal('123.45').scale()", "2"],
    ["new BigDecimal('-3').signum()", "-1"],
    ["new BigDecimal('3').max(new BigDecimal('4'))", "4"],
    ["new BigDecimal('12.9').intValue()", "12"],
    ["T(java.math.BigDecimal).valueOf(1.5)", "1.5"],
    ["T(java.math.BigDecimal).TEN", "10"],
  ])("%s is %p", (expression, text) => {
    expect(valueOf(expression)).toBe(text);
  });

  it("rounds a BigDecimal only when asked", () => {
    expect(
      failureOf("new BigDecimal('1').divide(new BigDecimal('3'))").reason,
    ).toBe("the result must be rounded; pass a rounding mode");
    expect(
      failureOf("new BigDecimal('1.5').setScale(0, 'SIDEWAYS')").reason,
    ).toMatch(/^the rounding mode must be one of UP, DOWN/);
  });
});
