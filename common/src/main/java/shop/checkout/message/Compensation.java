package shop.checkout.message;

/** Undoes an earlier command. It has one answer only, so it can fail (and is retried) but never be refused. */
public interface Compensation extends Command<Undone> {}
