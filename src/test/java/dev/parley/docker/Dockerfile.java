package dev.parley.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Dockerfile's instructions: comments left out, continued lines joined. */
record Dockerfile(Path path, List<Instruction> instructions) {

    record Instruction(String name, String arguments) {}

    static Dockerfile read(Path path) {
        try {
            String joined =
                    Files.readString(path).replaceAll("(?m)^#.*\\R?", "").replaceAll("\\\\\\R\\s*", " ");
            List<Instruction> instructions = joined.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split("\\s+", 2))
                    .map(words -> new Instruction(words[0], words.length > 1 ? words[1] : ""))
                    .toList();
            return new Dockerfile(path, instructions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Dockerfile> all() {
        try (Stream<Path> files = Files.list(Path.of("docker"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("Dockerfile"))
                    .sorted()
                    .map(Dockerfile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> of(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
