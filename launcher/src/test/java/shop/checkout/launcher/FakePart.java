package shop.checkout.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A tiny program that stands in for any part: it is packaged alike, takes the same arguments and answers the same addresses.
 * Every checkout is over as soon as it is placed.
 */
public final class FakePart {
    private static final String BEHAVIOUR = "behaviour.txt";
    private static final Deque<String> CHECKOUTS = new ConcurrentLinkedDeque<>();

    /** What the program does. */
    enum Behaviour {
        SERVES,
        DIES_AT_START
    }

    private FakePart() {}

    /** Writes executable jars for all parts below a folder, as Maven does. */
    static Path install(Path home, Map<Part, Behaviour> unusual) throws IOException {
        for (var part : Part.values()) {
            var target = Files.createDirectories(home.resolve(part.module()).resolve("target"));
            var jar = target.resolve(part.module() + "-1-exec.jar");
            write(jar, part.isService(), unusual.getOrDefault(part, Behaviour.SERVES));
        }
        return home;
    }

    public static void main(String[] arguments) throws IOException {
        if (behaviour() == Behaviour.DIES_AT_START) {
            System.err.println("I cannot find my shoes");
            System.exit(3);
        }
        var options = Arrays.stream(arguments)
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        for (var name : List.of("port", "server.port", "management.server.port")) {
            if (options.containsKey(name)) {
                serve(Integer.parseInt(options.get(name)));
            }
        }
        System.out.println("serving");
    }

    private static void serve(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        answer(server, "/", () -> "{}");
        answer(server, "/api/v1/stock", () -> """
                {"items":[{"sku":"kettle","price":{"amount":"29.00","currency":"EUR"},"available":5,"reserved":0,"sold":0}]}""");
        answer(server, "/api/v1/checkouts", () -> "{\"items\":[" + String.join(",", CHECKOUTS) + "]}");
        server.start();
    }

    private static void answer(HttpServer server, String path, Body body) {
        server.createContext(path, exchange -> {
            var text = exchange.getRequestMethod().equals("POST") ? place(exchange.getRequestBody()) : body.text();
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static String place(InputStream request) throws IOException {
        boolean good = new String(request.readAllBytes(), StandardCharsets.UTF_8).contains("kettle");
        var checkout = "{\"id\":\"%d\",\"status\":\"%s\",\"updatedAt\":\"%s\"}"
                .formatted(CHECKOUTS.size(), good ? "COMPLETED" : "REJECTED", Instant.now());
        CHECKOUTS.addFirst(checkout);
        return checkout;
    }

    private interface Body {
        String text();
    }

    private static Behaviour behaviour() throws IOException {
        try (var in = FakePart.class.getResourceAsStream("/" + BEHAVIOUR)) {
            return Behaviour.valueOf(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void write(Path jar, boolean byBoot, Behaviour behaviour) throws IOException {
        var classes = byBoot ? "BOOT-INF/classes/" : "";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest(byBoot))) {
            for (var type : List.of(FakePart.class, Behaviour.class, Body.class, Part.class)) {
                var name = type.getName().replace('.', '/') + ".class";
                try (var in = type.getResourceAsStream("/" + name)) {
                    add(out, classes + name, in.readAllBytes());
                }
            }
            add(out, classes + BEHAVIOUR, behaviour.name().getBytes(StandardCharsets.UTF_8));
            if (byBoot) {
                add(out, "BOOT-INF/classpath.idx", new byte[0]);
            }
        }
    }

    private static Manifest manifest(boolean byBoot) {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, byBoot ? "the.loader.of.Boot" : FakePart.class.getName());
        if (byBoot) {
            main.putValue("Start-Class", FakePart.class.getName());
        }
        return manifest;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }
}
