package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScannerTest {

    private final Payload payload = new Payload(100);
    private final Scanner scanner = new Scanner(payload);
    private final List<String> found = new ArrayList<>();

    private final Scanner.Sink sink = new Scanner.Sink() {
        @Override
        public void entry(long seq, Payload read, long now) {
            found.add("entry " + seq + " " + read.publisher() + "/" + read.number() + "/" + read.due());
        }

        @Override
        public void foreign(long seq) {
            found.add("foreign " + seq);
        }

        @Override
        public void sent(long seq) {
            found.add("sent " + seq);
        }

        @Override
        public void told(JsonObject message) {
            found.add("told " + message.getString("type"));
        }

        @Override
        public void corrupt() {
            found.add("corrupt");
        }
    };

    private List<String> scan(String json) {
        found.clear();
        byte[] bytes = ("..." + json + "...").getBytes(StandardCharsets.UTF_8);
        scanner.scan(bytes, 3, bytes.length - 3, 0, sink);
        return List.copyOf(found);
    }

    private String text(long publisher, long number, long due) {
        byte[] bytes = new byte[payload.size()];
        assertThat(payload.write(bytes, 0, publisher, number, due)).isEqualTo(bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String message(long seq, String name, String text) {
        return "{\"type\":\"message\",\"room\":\"r\",\"cursor\":\"e:" + seq + "\",\"seq\":" + seq
                + ",\"key\":\"k-" + seq + "\",\"from\":{\"id\":\"g\",\"name\":\"" + name
                + "\"},\"at\":\"2026\",\"text\":\""
                + text + "\"}";
    }

    @Test
    void messagesAreReadBeforeAndAfterTheirFormIsKnown() {
        String frame = "[" + message(8, "Li", text(3, 1, 5)) + "," + message(9, "Somebody else", text(4, 17, 6)) + "]";
        assertThat(scan(frame)).containsExactly("entry 8 3/1/5", "entry 9 4/17/6");
        scanner.learn("r", "e");
        assertThat(scan(frame)).containsExactly("entry 8 3/1/5", "entry 9 4/17/6");
        assertThat(scan(message(10, "Li", text(3, 2, 7)))).containsExactly("entry 10 3/2/7");
    }

    @Test
    void fieldsMayStandInAnyOrder() {
        scanner.learn("r", "e");
        assertThat(scan("{\"text\":\"" + text(1, 2, 3) + "\",\"seq\":7,\"new\":[1],\"type\":\"message\"}"))
                .containsExactly("entry 7 1/2/3");
    }

    @Test
    void whatOthersSayIsTakenForTheirs() {
        scanner.learn("r", "e");
        assertThat(scan("[" + message(1, "Li", "你好 } \\\" ]") + "," + message(2, "Li", text(1, 1, 1)) + "]"))
                .containsExactly("foreign 1", "entry 2 1/1/1");
    }

    @Test
    void aLetterThatIsAnotherIsSeen() {
        scanner.learn("r", "e");
        String changed = text(1, 1, 1).replaceFirst(".$", "!");
        assertThat(scan(message(1, "Li", changed))).containsExactly("corrupt");
        assertThat(scan(message(1, "Li", text(1, 1, 1).substring(0, 99)))).containsExactly("corrupt");
    }

    @Test
    void whatIsNoMessageAtAllIsSeen() {
        assertThat(scan("")).containsExactly("corrupt");
        assertThat(scan("{\"type\":\"ping\"")).containsExactly("corrupt");
        assertThat(scan("[{\"type\":\"ping\"}")).containsExactly("told ping", "corrupt");
        assertThat(scan("{\"type\":\"ping\"}]")).containsExactly("told ping", "corrupt");
        assertThat(scan("{nothing}")).containsExactly("corrupt");
    }

    @Test
    void answersAndPresenceAreToldApart() {
        assertThat(scan("[{\"type\":\"sent\",\"room\":\"r\",\"key\":\"k\",\"seq\":42,\"stored\":\"disk\"},"
                        + "{\"type\":\"presence\",\"joined\":[{\"name\":\"}\"}]},{\"type\":\"error\"}]"))
                .containsExactly("sent 42", "told error");
    }

    @Test
    void aPollsAnswerIsReadToTheEndOfItsMessages() {
        scanner.learn("r", "e");
        assertThat(scan("{\"messages\":[" + message(4, "Li", text(1, 1, 1)) + "],\"cursor\":\"e:4\"}"))
                .containsExactly("entry 4 1/1/1");
        assertThat(scan("{\"messages\":[],\"cursor\":\"e:4\"}")).isEmpty();
    }
}
