package io.towerbeam.pipelines.options;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The values that an option takes, from its getter's type and its {@link Range} or {@link Matches}.
 *
 * @param kind what one value is
 * @param isList true if several may be given, a comma between them
 * @param range the numbers that are accepted; null for all
 * @param form the texts that are accepted; null for all
 * @param choices the words that are accepted, in lower case; empty unless the kind is CHOICE
 * @param raw the getter's element type
 */
public record ValueType(
    Kind kind, boolean isList, Range range, Matches form, List<String> choices, Class<?> raw) {

  /** What one value is; OTHER is left to Beam's parser. */
  public enum Kind {
    WHOLE_NUMBER,
    NUMBER,
    FLAG,
    CHOICE,
    TEXT,
    OTHER
  }

  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(int.class, long.class, short.class, Integer.class, Long.class, Short.class);
  private static final Set<Class<?>> NUMBERS =
      Set.of(float.class, double.class, Float.class, Double.class);

  static ValueType of(Method getter) {
    boolean list = Collection.class.isAssignableFrom(getter.getReturnType());
    Class<?> raw = list ? elementType(getter.getGenericReturnType()) : getter.getReturnType();
    List<String> choices =
        raw.isEnum()
            ? Stream.of(raw.getEnumConstants()).map(c -> word((Enum<?>) c)).toList()
            : List.of();
    return new ValueType(
        kindOf(raw),
        list,
        getter.getAnnotation(Range.class),
        getter.getAnnotation(Matches.class),
        choices,
        raw);
  }

  /** What is accepted, in words that go on from "give". */
  public String accepted() {
    return switch (kind) {
      case WHOLE_NUMBER -> "a whole number" + limits() + (isList ? ", or a list such as 5,10" : "");
      case NUMBER -> "a number" + limits() + (isList ? ", or a list such as .5,.9" : "");
      case FLAG -> "true or false";
      case CHOICE -> (isList ? "some of " : "one of ") + String.join(", ", choices);
      case TEXT -> form != null ? form.accepted() : isList ? "names, a comma between them" : "text";
      case OTHER -> "a value of type " + raw.getSimpleName();
    };
  }

  /** The range of a number such as {@code 1 to 1000}, or the choices; empty if there is none. */
  public String span() {
    if (range != null) {
      return plain(range.min()) + " to " + plain(range.max());
    }
    return kind == Kind.FLAG ? "true, false" : String.join(", ", choices);
  }

  /** The regular expression that the text of an option matches; empty if any text may do. */
  public String regex() {
    String one =
        switch (kind) {
          case WHOLE_NUMBER -> "-?[0-9]+";
          case NUMBER -> "-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE]-?[0-9]+)?";
          case TEXT -> form == null ? "" : form.regex();
          case FLAG, CHOICE, OTHER -> "";
        };
    return isList && !one.isEmpty() ? "(%s)(,(%s))*".formatted(one, one) : one;
  }

  /** The text of one value in the form that Beam's parser takes; empty if it is not accepted. */
  Optional<String> parse(String text) {
    try {
      return switch (kind) {
        case WHOLE_NUMBER -> inRange(wholeNumber(text));
        case NUMBER -> inRange(new BigDecimal(text));
        case FLAG -> Optional.of(text).filter(t -> t.equals("true") || t.equals("false"));
        case CHOICE -> choice(text);
        case TEXT ->
            Optional.of(text)
                .filter(t -> !t.isEmpty() && (form == null || t.matches(form.regex())));
        case OTHER -> Optional.of(text);
      };
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** An enum's constant as one types it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A number as one types it: no exponent, no decimal point where it is whole. */
  public static String plain(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** The constant of an enum by its name. */
  static Object constant(Class<?> enumType, String name) {
    return Stream.of(enumType.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(enumType + " has no constant " + name));
  }

  private BigDecimal wholeNumber(String text) {
    boolean isLong = raw == long.class || raw == Long.class;
    return BigDecimal.valueOf(isLong ? Long.parseLong(text) : Integer.parseInt(text));
  }

  private Optional<String> inRange(BigDecimal number) {
    boolean within =
        range == null || number.doubleValue() >= range.min() && number.doubleValue() <= range.max();
    return within ? Optional.of(number.toString()) : Optional.empty();
  }

  private Optional<String> choice(String text) {
    return Stream.of(raw.getEnumConstants())
        .map(constant -> (Enum<?>) constant)
        .filter(c -> word(c).equalsIgnoreCase(text) || c.name().equalsIgnoreCase(text))
        .map(Enum::name)
        .findFirst();
  }

  private String limits() {
    return range == null ? "" : " from " + plain(range.min()) + " to " + plain(range.max());
  }

  private static Kind kindOf(Class<?> raw) {
    if (WHOLE_NUMBERS.contains(raw)) {
      return Kind.WHOLE_NUMBER;
    }
    if (NUMBERS.contains(raw)) {
      return Kind.NUMBER;
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Kind.FLAG;
    }
    if (raw.isEnum()) {
      return Kind.CHOICE;
    }
    return raw == String.class ? Kind.TEXT : Kind.OTHER;
  }

  private static Class<?> elementType(Type type) {
    return type instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : Object.class;
  }
}
