package dev.parley.protocol;

/**
 * Somebody, as others see them. Names may repeat, ids never. Immutable.
 *
 * @param id 1 to 64 of {@code A-Z a-z 0-9 - _}
 * @param name what others read, see {@link PersonName}
 */
public record Person(String id, PersonName name) {}
