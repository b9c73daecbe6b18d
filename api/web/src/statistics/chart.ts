/** The few parts of echarts that the portfolio needs. */
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

register([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
export { init };
