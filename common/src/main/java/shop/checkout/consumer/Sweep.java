package shop.checkout.consumer;

import java.time.Duration;

/**
 * Work that is looked for again and again, such as timers that are due. Every bean of this type is run until the service
 * stops, by every replica; a run that fails is logged and followed by the next.
 *
 * @param interval from the end of one run to the start of the next
 */
public record Sweep(String name, Duration interval, Runnable work) {}
