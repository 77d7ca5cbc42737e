package shop.checkout.orchestrator.api;

import shop.checkout.contract.OrderId;

/** What a request to return an order is admitted by: its key, and that the order is not returned already. */
record ReturnTicket(OrderId order, Ticket ticket) {}
