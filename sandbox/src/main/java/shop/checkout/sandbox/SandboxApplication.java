package shop.checkout.sandbox;

import java.io.IOException;

/** Starts the sandbox from the command line; see {@link SandboxOptions#USAGE}. SIGTERM stops it. */
public final class SandboxApplication {

    private static final int BAD_USAGE = 2;
    private static final int CANNOT_START = 1;

    private SandboxApplication() {}

    /** Ends with 2 if the arguments make no sense and with 1 if the sandbox cannot start, each with a sentence why. */
    public static void main(String[] arguments) {
        try {
            run(SandboxOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(SandboxOptions.USAGE);
            System.exit(BAD_USAGE);
        } catch (IOException e) {
            System.err.println("the sandbox cannot start: " + e.getMessage());
            System.exit(CANNOT_START);
        }
    }

    private static void run(SandboxOptions options) throws IOException {
        var sandbox = Sandbox.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(sandbox), "stop"));
        System.out.println("sandbox ready on " + sandbox.url() + ", journal in "
                + options.data().toAbsolutePath().normalize());
    }

    private static void stop(Sandbox sandbox) {
        try {
            sandbox.close();
        } catch (IOException e) {
            System.err.println("the sandbox did not close its journal properly: " + e.getMessage());
        }
    }
}
