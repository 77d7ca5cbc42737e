package shop.checkout.inventory.web;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.contract.Sku;
import shop.checkout.inventory.stock.StockLevel;
import shop.checkout.inventory.stock.StockQueries;
import shop.checkout.web.ProblemException;

/** What there is of each product. */
@RestController
@RequestMapping("/api/v1/stock")
class StockController {

    record Stock(List<StockLevel> items) {}

    private final StockQueries queries;

    StockController(StockQueries queries) {
        this.queries = queries;
    }

    @GetMapping
    Stock all() {
        return new Stock(queries.stock());
    }

    @GetMapping("/{sku}")
    StockLevel one(@PathVariable Sku sku) {
        return queries.stock(sku)
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.NOT_FOUND, "product-not-found", "There is no product " + sku + "."));
    }
}
