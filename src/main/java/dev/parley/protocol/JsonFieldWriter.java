package dev.parley.protocol;

import jakarta.json.stream.JsonGenerator;

/** Fields as JSON: the type is a field too, and items have no names. */
final class JsonFieldWriter implements FieldWriter {

    private final JsonGenerator json;

    JsonFieldWriter(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public FieldWriter begin(String type) {
        json.writeStartObject().write("type", type);
        return this;
    }

    @Override
    public FieldWriter beginUntyped(String type) {
        json.writeStartObject();
        return this;
    }

    @Override
    public FieldWriter object(String field) {
        json.writeStartObject(field);
        return this;
    }

    @Override
    public FieldWriter array(String field) {
        json.writeStartArray(field);
        return this;
    }

    @Override
    public FieldWriter item(String name) {
        json.writeStartObject();
        return this;
    }

    @Override
    public FieldWriter typedItem(String type) {
        return begin(type);
    }

    @Override
    public FieldWriter end() {
        json.writeEnd();
        return this;
    }

    @Override
    public FieldWriter write(String field, String value) {
        json.write(field, value);
        return this;
    }

    @Override
    public FieldWriter write(String field, long value) {
        json.write(field, value);
        return this;
    }

    @Override
    public FieldWriter write(String field, boolean value) {
        json.write(field, value);
        return this;
    }

    @Override
    public FieldWriter write(RequestId id) {
        json.write("id", id.value());
        return this;
    }
}
