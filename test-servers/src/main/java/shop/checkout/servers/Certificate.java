package shop.checkout.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * What a server at 127.0.0.1 shows, signed by itself; in PEM, readable by its owner only.
 *
 * @param trusted for its clients
 * @param key of the server
 */
public record Certificate(Path trusted, Path key) {

    /** Of keytool's store, in which nothing is kept. */
    private static final String PASSWORD = "secret";

    /**
     * Makes one, valid for two days.
     *
     * @param name of the files in the folder and of who it was issued to
     */
    public static Certificate made(Path folder, String name) {
        var store = folder.resolve(name + ".p12");
        try {
            keytool(name, store);
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD.toCharArray());
            var certificate = keys.getCertificate(name).getEncoded();
            var key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
            return new Certificate(
                    write(folder.resolve(name + ".crt"), "CERTIFICATE", certificate),
                    write(folder.resolve(name + ".key"), "PRIVATE KEY", key));
        } catch (IOException e) {
            throw new UncheckedIOException("no certificate can be made in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(store + " cannot be read", e);
        }
    }

    private static void keytool(String name, Path store) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        int exit =
                new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit);
        }
    }

    private static Path write(Path file, String kind, byte[] content) throws IOException {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
