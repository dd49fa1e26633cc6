package dev.parley.protocol;

import jakarta.json.JsonValue;

/**
 * The client's own id for a request, which comes back in the answer. Immutable.
 *
 * @param value a JSON number or string as it came, at most {@value Limits#REQUEST_ID_CHARS} characters
 */
public record RequestId(JsonValue value) {}
