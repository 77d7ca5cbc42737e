package shop.checkout.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChildrenTest {
    private static final List<String> LONG_LIVED = List.of("sleep", "600");

    @Test
    @EnabledOnOs(OS.LINUX)
    void getASessionOfTheirOwn() throws Exception {
        var child = Children.start(new ProcessBuilder(LONG_LIVED));

        // the kernel is told on the way to the program, not before start() returns
        await().until(() -> session(child.pid()) == child.pid());
        child.destroyForcibly().waitFor();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void dieWithAKilledJvm() throws Exception {
        var parent = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        var child = ProcessHandle.of(pid).orElseThrow();

        parent.destroyForcibly();

        child.onExit().get(20, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    /** The sixth word of the line, counted from behind the name in parentheses; proc(5). */
    private static long session(long pid) throws IOException {
        var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[3]);
    }

    /** Starts a child from a thread that ends at once, prints the child's process id and waits to be killed. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            var starter = Thread.ofPlatform().start(() -> {
                try {
                    var child = Children.start(new ProcessBuilder(Children.tied("KILL", LONG_LIVED)));
                    System.out.println(child.pid());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            starter.join();
            Thread.currentThread().join();
        }
    }
}
